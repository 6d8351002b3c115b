import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { loadCatalogTranslation, translateCatalog } from '../text/catalog';

/** The catalog in the language of the page. */
export const useCatalog = () =>
  useQuery({
    queryKey: ['catalog'],
    queryFn: async ({ signal }) => {
      const [catalog, translation] = await Promise.all([
        unwrap(api.GET('/api/v1/catalog', { signal })),
        loadCatalogTranslation(),
      ]);
      return translation === null ? catalog : translateCatalog(translation, catalog);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
