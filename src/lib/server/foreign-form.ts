// Forms that another site's page could post with somebody's cookies. SvelteKit's own check knows no exceptions.

const FORMS = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;
/** What stands below takes no cookies, only a token: tools post forms there, without an Origin. */
const TOOLS = /^\/api\/runs\/[^/]+\/prometheus\//;

/** Whether a request must be refused: a form that changes something, not sent by a page of Muster's own. */
export function isForeignForm(request: Request, url: URL): boolean {
	if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return false;
	if (!FORMS.test(request.headers.get('content-type') ?? '')) return false;
	return request.headers.get('origin') !== url.origin && !TOOLS.test(url.pathname);
}
