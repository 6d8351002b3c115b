import { text } from '../text/text';

/**
 * Declares the Korean font; the browser loads those of its 120 pieces whose characters are shown. On a page in Korean at once, on others after the first view,
 * for names that people gave in Korean.
 */
export function loadKoreanFont(): void {
  const load = () => void import('@fontsource-variable/noto-sans-kr/wght.css');
  if (text.locale === 'ko') {
    load();
  } else {
    window.addEventListener('load', () => setTimeout(load, 1_000), { once: true });
  }
}
