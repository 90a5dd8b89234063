/**
 * Readers validate what arrives over the wire and give it a type: one declaration is both the TypeScript type and the
 * check at run time. Unknown fields are ignored, as the protocol requires.
 */
export type Reader<T> = (value: unknown, path: string) => T;
export type Read<R> = R extends Reader<infer T> ? T : never;

export class ShapeError extends Error {}

/** A frame of a newer server: not for this page. */
class UnknownType extends ShapeError {}

type Shape = Record<string, Reader<unknown>>;
type OptionalKeys<S extends Shape> = { [K in keyof S]: undefined extends Read<S[K]> ? K : never }[keyof S];
export type Shaped<S extends Shape> = { [K in Exclude<keyof S, OptionalKeys<S>>]: Read<S[K]> } & {
  [K in OptionalKeys<S>]?: Read<S[K]>;
};
export type Tagged<V extends Record<string, Shape>> = {
  [K in keyof V & string]: { type: K } & Shaped<V[K]>;
}[keyof V & string];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(path: string, expected: string): never {
  throw new ShapeError(`${path} should be ${expected}`);
}

export const text: Reader<string> = (value, path) =>
  typeof value === 'string' ? value : wrong(path, 'text');
export const number: Reader<number> = (value, path) =>
  typeof value === 'number' ? value : wrong(path, 'a number');
export const flag: Reader<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : wrong(path, 'true or false');

export function oneOf<const T extends string>(...values: T[]): Reader<T> {
  return (value, path) => values.find((known) => known === value) ?? wrong(path, values.join(' or '));
}

export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, path) => (value === undefined || value === null ? undefined : reader(value, path));
}

export function list<T>(reader: Reader<T>): Reader<T[]> {
  return (value, path) =>
    Array.isArray(value)
      ? value.map((item, index) => reader(item, `${path}[${String(index)}]`))
      : wrong(path, 'a list');
}

/** Texts by names that are not known before. */
export const texts: Reader<Record<string, string>> = (value, path) =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, text(each, `${path}.${name}`)]))
    : wrong(path, 'an object of texts');

/** Texts, numbers, true and false, by their names. */
export const simpleValues: Reader<Record<string, string | number | boolean>> = (value, path) => {
  const isSimple = (each: unknown): each is string | number | boolean =>
    typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean';
  if (!isObject(value) || !Object.values(value).every(isSimple))
    return wrong(path, 'an object of simple values');
  return value as Record<string, string | number | boolean>;
};

export function record<S extends Shape>(shape: S): Reader<Shaped<S>> {
  return (value, path) => {
    if (!isObject(value)) return wrong(path, 'an object');
    const result: Record<string, unknown> = {};
    for (const [field, reader] of Object.entries(shape)) {
      const read = reader(value[field], `${path}.${field}`);
      if (read !== undefined) result[field] = read;
    }
    return result as Shaped<S>;
  };
}

/** A union of objects, discriminated by the field `type`. */
export function tagged<V extends Record<string, Shape>>(variants: V): Reader<Tagged<V>> {
  return (value, path) => {
    const type = isObject(value) ? value['type'] : undefined;
    const shape = typeof type === 'string' && Object.hasOwn(variants, type) ? variants[type] : undefined;
    if (!shape) throw new UnknownType(`${path}.type should be ${Object.keys(variants).join(' or ')}`);
    return { type, ...record(shape)(value, path) } as Tagged<V>;
  };
}

/** Reads what this page understands; undefined for a type that it does not know. */
export function unlessUnknown<T>(reader: Reader<T>, value: unknown): T | undefined {
  try {
    return reader(value, 'frame');
  } catch (wrong) {
    if (wrong instanceof UnknownType) return undefined;
    throw wrong;
  }
}
