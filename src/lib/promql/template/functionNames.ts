/** The functions a template may call: Go's own and Prometheus'. */
export const templateFunctions: ReadonlySet<string> = new Set([
	...[
		'and',
		'or',
		'not',
		'eq',
		'ne',
		'lt',
		'le',
		'gt',
		'ge',
		'len',
		'index',
		'slice',
		'print',
		'printf',
		'println',
		'html',
		'js',
		'urlquery',
		'call'
	],
	...['query', 'first', 'label', 'value', 'strvalue', 'args', 'sortByLabel'],
	...[
		'reReplaceAll',
		'match',
		'title',
		'toUpper',
		'toLower',
		'stripPort',
		'stripDomain',
		'join',
		'safeHtml',
		'urlQueryEscape'
	],
	...['graphLink', 'tableLink', 'pathPrefix', 'externalURL', 'tmpl', 'now', 'parseDuration', 'toTime', 'toDuration'],
	...['humanize', 'humanize1024', 'humanizeDuration', 'humanizePercentage', 'humanizeTimestamp']
]);
