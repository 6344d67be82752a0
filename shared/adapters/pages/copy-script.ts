/**
 * Shows the copy buttons, which stand hidden for whoever has no script, and copies the field that a
 * button names. The page's policy allows exactly this text.
 */
export const copyScript = `
for (const button of document.querySelectorAll('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  const status = document.getElementById('copied');
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand('copy');
    }
    status.textContent = '';
    requestAnimationFrame(() => { status.textContent = button.dataset.copied; });
  });
}
`;
