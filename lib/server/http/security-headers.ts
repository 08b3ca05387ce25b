/** Of every answer: it is data, not a page, and nobody else's to keep (OWASP REST security cheat sheet). */
export const securityHeaders: Readonly<Record<string, string>> = {
	'cache-control': 'no-store',
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
	'cross-origin-resource-policy': 'same-origin',
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
};
