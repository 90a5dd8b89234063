import type { Program } from '../rest';
import { programTexts } from './texts';

/** Programs to choose from, in a list that has people before them. */
export function ProgramOptions({
  programs,
  value = ({ id }) => id,
}: {
  programs: Program[];
  value?: (program: Program) => string;
}) {
  const t = programTexts();
  if (programs.length === 0) return null;
  return (
    <optgroup label={t.all}>
      {programs.map((program) => (
        <option key={program.id} value={value(program)}>
          {program.revoked ? t.isRevoked({ name: program.name }) : program.name}
        </option>
      ))}
    </optgroup>
  );
}
