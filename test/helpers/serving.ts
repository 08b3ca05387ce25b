import {once} from 'node:events';
import type {ExecutionContext} from 'ava';
import {type CliOptions, type RunningCli, startCli} from './cli.js';

export interface Serving extends RunningCli {
	/** The WebSocket's URL. */
	readonly url: string;
}

/** Starts `speechpipe serve`, on a free port if the arguments name none; gives where it listens, as it says itself. */
export async function serving(
	t: ExecutionContext,
	args: readonly string[] = [],
	options: CliOptions = {},
): Promise<Serving> {
	const cli = startCli(t, ['serve', '--port', '0', ...args], options);
	let said = '';
	for await (const data of printed(cli)) {
		said += data;
		const [url] = /ws:\/\/[^\s"]+/.exec(said) ?? [];
		if (url !== undefined && said.includes('\n')) return {...cli, url};
	}
	throw new Error((await cli.ended).stderr);
}

async function* printed({child, ended}: RunningCli): AsyncGenerator<Buffer> {
	const {stdout} = child;
	if (!stdout) return;
	const gone = new AbortController();
	void ended.then(() => gone.abort());
	try {
		for (;;) yield (await once(stdout, 'data', {signal: gone.signal}))[0];
	} catch {
		// It ended: its stderr says why.
	}
}
