/** An error message that screen readers announce immediately; nothing if there is no error. */
export function ProblemNotice({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p class="notice bad" role="alert">
      {text}
    </p>
  );
}
