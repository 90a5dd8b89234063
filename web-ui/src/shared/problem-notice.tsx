/** What went wrong, told at once to whoever listens; nothing where nothing did. */
export function ProblemNotice({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p class="notice bad" role="alert">
      {text}
    </p>
  );
}
