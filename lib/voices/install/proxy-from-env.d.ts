/** The package has no types of its own; this is what we use of it. */
declare module 'proxy-from-env' {
	/** The proxy for an address by `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in either case; '' for none. */
	export function getProxyForUrl(url: string): string;
}
