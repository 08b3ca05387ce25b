/** Why a socket is closed. `final`: to connect again and do the same would end the same. */
export interface CloseCode {
	readonly code: number;
	readonly final: boolean;
	/** What it means, for documents and for people; short enough for a close frame's 123 bytes. */
	readonly reason: string;
}

/** Every code that the server closes with; `docs/protocol.md` tells about each (a test compares the two). */
export const closeCodes = {
	normal: {code: 1000, final: false, reason: 'the peer is done'},
	binary: {code: 1003, final: true, reason: 'binary frames are not understood: send JSON in text frames'},
	invalidUtf8: {code: 1007, final: true, reason: 'a text frame is not UTF-8'},
	tooBig: {code: 1009, final: true, reason: 'a message is larger than maxMessageBytes'},
	internal: {code: 1011, final: false, reason: 'the server failed in a way that nobody had foreseen'},
	draining: {code: 1012, final: false, reason: 'draining: connect to another server, or later'},
	undecodable: {code: 4400, final: true, reason: 'too many undecodable frames in a row'},
	revoked: {code: 4401, final: true, reason: 'the API key is no longer valid'},
	idle: {code: 4408, final: false, reason: 'nothing was asked for longer than idleTimeout'},
	flood: {code: 4429, final: true, reason: 'more messages, or more unread answers, than the limits allow'},
} as const satisfies Record<string, CloseCode>;

export type CloseName = keyof typeof closeCodes;

/** What a close code means, or undefined for one that is none of ours. */
export function closeCodeOf(code: number): CloseCode | undefined {
	return Object.values(closeCodes).find(known => known.code === code);
}
