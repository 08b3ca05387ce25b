import type {ExecutionContext} from 'ava';
import {hear} from './child.js';
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
	const address = /ws:\/\/[^\s"]+(?=.*\n)/;
	try {
		const [url = ''] = address.exec(await hear(cli.child, address)) ?? [];
		return {...cli, url};
	} catch (cause) {
		cli.child.kill('SIGKILL');
		throw new Error((await cli.ended).stderr, {cause});
	}
}
