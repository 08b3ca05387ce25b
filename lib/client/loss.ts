import {SpeechError} from '../errors.js';
import {closeCodeOf, closeCodes} from '../wire/close-codes.js';
import type {SocketEnd} from './ws-socket.js';

/** Why a socket is gone, and whether it is of no use to connect again. */
export interface Loss {
	readonly error: SpeechError;
	readonly final: boolean;
	/** ms for which the server asks not to be asked again. */
	readonly retryAfter?: number | undefined;
}

/** Close codes of RFC 6455 that say: you broke the protocol. */
const violations = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

/** What the system says of a server to which there was no connection yet. */
const neverThere = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Too Many Requests (RFC 6585, section 4): what was refused may be let in later. */
const tooMany = 429;

/** What to do about a status with which an upgrade is refused, where it is not the URL that is wrong. */
const fixes = new Map([
	[401, 'check the API key, and whether this client is let in'],
	[403, 'check the API key, and whether this client is let in'],
	[tooMany, 'this key has as many sockets or requests as it may: close some, or wait'],
]);

/**
 * Tells a refusal (REMOTE_REFUSED), a violation by either side (REMOTE_PROTOCOL), and a loss (REMOTE_LOST): the last alone, and a
 * refusal for now, are worth another try.
 */
export function lossOf({code, reason, status, retryAfter, error}: SocketEnd, host: string): Loss {
	const wait = retryAfterOf(retryAfter);
	if (status !== undefined && status < 500) {
		const fix = fixes.get(status) ?? 'check the URL';
		return {
			error: new SpeechError('REMOTE_REFUSED', `${host} refused the connection with HTTP ${status}: ${fix}.`),
			final: status !== tooMany,
			retryAfter: wait,
		};
	}
	if (error?.code?.startsWith('WS_ERR_')) {
		const message = `${host} sent what is no WebSocket frame of this protocol: ${error.message}.`;
		return {error: new SpeechError('REMOTE_PROTOCOL', message, {cause: error}), final: true};
	}
	const known = closeCodeOf(code);
	if (known === closeCodes.revoked) {
		const message = `${host} closed the socket: ${known.reason}. Give it one that is.`;
		return {error: new SpeechError('REMOTE_REFUSED', message), final: true};
	}
	if (known?.final || violations.has(code)) {
		const message = `${host} closed the socket, since this client broke the protocol: ${code} ${reason || (known?.reason ?? '')}`;
		return {error: new SpeechError('REMOTE_PROTOCOL', `${message.trim()}.`), final: true};
	}
	const why = status !== undefined ? `HTTP ${status}` : (error?.message ?? `${code} ${reason}`.trim());
	const what = neverThere.has(error?.code ?? '')
		? `${host} cannot be reached`
		: `The connection to ${host} was lost`;
	const lost = new SpeechError('REMOTE_LOST', `${what}: ${why}.`, {cause: error});
	return {error: lost, final: false, retryAfter: wait};
}

/** ms until then, by seconds or a date (RFC 9110, section 10.2.3); undefined for what is neither. */
function retryAfterOf(value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	if (/^\d+$/.test(value)) return Number(value) * 1000;
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
