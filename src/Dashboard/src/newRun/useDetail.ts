import { useState } from 'react';

/** How much of the form is shown: the usual settings, or all of them. */
export type Detail = 'basic' | 'all';

const key = 'trainyard.form.detail';

/** The choice is kept in the browser. */
export function useDetail(): [Detail, (detail: Detail) => void] {
  const [detail, setDetail] = useState<Detail>(read);
  return [
    detail,
    (next) => {
      setDetail(next);
      try {
        localStorage.setItem(key, next);
      } catch {
        // Storage is blocked: the choice lives as long as the page.
      }
    },
  ];
}

function read(): Detail {
  try {
    return localStorage.getItem(key) === 'all' ? 'all' : 'basic';
  } catch {
    return 'basic';
  }
}
