import { useEffect } from 'react';

/** The title of the browser tab while the component is there. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
