/** The run as a program: what this needs to know of it where the generated addresses do not have it. */
export interface CodePath {
  '/api/v1/runs/{id}/code': {
    get: {
      parameters: { path: { id: string }; query?: { language?: string } };
      responses: { 200: { content: { 'text/plain': string } } };
    };
  };
}
