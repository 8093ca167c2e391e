/** What the server answers itself, though it looks like a page to the browser. */
export const serverPaths =
  /^\/(api|auth|docs|openapi\.json|health|ready|metrics|share|admin|guests|\.well-known)(\/|$)/;

export const notFoundPage = '/+not-found.html';

/**
 * The exported page for a path, as the server finds it: by its name, else by its segments, of which those in brackets
 * stand for any. Null for a path that no page is for.
 */
export function pageOf(path: string, pages: readonly string[]): string | null {
  const name = path.replace(/^\/+|\/+$/g, '');
  if (name === '') return '/index.html';
  const named = [`/${name}`, `/${name}.html`, `/${name}/index.html`].find((page) => pages.includes(page));
  if (named) return named;
  const segments = name.split('/');
  const fits = (page: string) => {
    const parts = page.slice(1, -'.html'.length).split('/');
    return (
      page.includes('[') &&
      parts.length === segments.length &&
      parts.every((part, index) => part.startsWith('[') || part === segments[index])
    );
  };
  return pages.find(fits) ?? null;
}
