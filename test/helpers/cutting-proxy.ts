import {once} from 'node:events';
import net from 'node:net';
import type {ExecutionContext} from 'ava';

export interface CuttingProxy {
	/** The URL that leads through it. */
	readonly url: string;
	/** Connections cut so far. */
	readonly cuts: number;
	/** Cuts all that are open now. */
	cutAll(): void;
	/** Lets no byte through any more, and closes nothing. */
	freeze(): void;
}

/**
 * A TCP proxy in front of a WebSocket server, which resets each connection once it has carried so many bytes, both ways
 * counted, as `nextCut` says when it opens: anywhere, within the upgrade, a frame or a character.
 */
export async function cuttingProxy(
	t: ExecutionContext,
	target: string,
	nextCut: () => number = () => Infinity,
): Promise<CuttingProxy> {
	const {port, hostname, pathname} = new URL(target);
	const open = new Set<net.Socket>();
	let cuts = 0;
	let frozen = false;
	const server = net.createServer(near => {
		const far = net.connect(Number(port), hostname);
		let left = nextCut();
		const cut = () => {
			if (!open.delete(near)) return;
			near.destroySoon();
			far.resetAndDestroy();
		};
		open.add(near);
		for (const [from, to] of [
			[near, far],
			[far, near],
		] as const) {
			from.on('data', bytes => {
				if (frozen || left <= 0) return;
				to.write(bytes.subarray(0, left));
				left -= bytes.length;
				if (left > 0 || !open.has(near)) return;
				cuts++;
				// What was let through is to arrive first.
				setImmediate(cut);
			});
			from.on('error', cut);
			from.on('close', cut);
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const cutAll = () => {
		for (const near of [...open]) near.emit('close');
	};
	t.teardown(async () => {
		cutAll();
		server.close();
		await once(server, 'close');
	});
	// It listens on a port.
	const {port: own} = server.address() as net.AddressInfo;
	return {
		url: `ws://127.0.0.1:${own}${pathname}`,
		get cuts() {
			return cuts;
		},
		cutAll() {
			cuts += open.size;
			cutAll();
		},
		freeze() {
			frozen = true;
		},
	};
}
