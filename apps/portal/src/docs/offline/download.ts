/** Hands a text to the person as a file, without the network. */
export function downloadText(title: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${title.replaceAll(/[/\\:*?"<>|]/g, ' ').trim()}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
