// Elements by hand: text is always text, never markup.
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text = '',
  name = '',
): HTMLElementTagNameMap[Tag] {
  const it = document.createElement(tag);
  if (text !== '') it.textContent = text;
  if (name !== '') it.className = name;
  return it;
}

export function append<It extends HTMLElement>(it: It, children: readonly Node[]): It {
  it.append(...children);
  return it;
}
