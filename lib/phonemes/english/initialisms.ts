/** What programmers write in small letters and spell when they say it; a word that the lexicon has comes first. */
export const initialisms: ReadonlySet<string> = new Set(
	'afaik ai api asap asr ast avi aws brb cd cdn ceo cfo ci cjs cli cpu crlf csrf css csv cto db dhcp diy dns dom dvd eof eol esm eta eu faq fps fs ftp fwiw fyi gcp gfm gid gpu grpc guid hdmi hsl html http https id ide iirc imap ini io ip irc isp js jsx jwt lan lf llm lru lsp md mdx mjs mkv ml ms nat nbsp nlp npm nsfw nyc omw orm os pdf pid png pnpm pr qa rgb rgba rpc rss sdk smh smtp sql ssh ssl stt svg tbh tcp tls ts tsv tsx ttl tts tv udp ui uid uk umd uri url usa usb utf uuid ux vm vpn vps wan xml xss yml ymmv'.split(
		' ',
	),
);
