import type {ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {inTime} from './streams.js';

/** Waits until what a process says holds what is looked for, and gives all of it so far. Throws if it ends before. */
export async function hear(
	child: ChildProcess,
	what: string | RegExp,
	from: 'stdout' | 'stderr' = 'stdout',
): Promise<string> {
	const output = child[from];
	if (!output) throw new Error(`the process has no ${from}`);
	let said = '';
	const found = new Promise<string>((resolve, reject) => {
		output.on('data', chunk => {
			said += chunk;
			if (typeof what === 'string' ? said.includes(what) : what.test(said)) resolve(said);
		});
		output.on('close', () => reject(new Error(`the process ended before it said ${what}, but: ${said}`)));
	});
	return inTime(found, `${what}, of a process`);
}

/** Waits until a process has ended, whether it has already or not. */
export async function exited(
	child: ChildProcess,
): Promise<{code: number | null; signal: NodeJS.Signals | null}> {
	if (child.exitCode === null && child.signalCode === null)
		await inTime(once(child, 'exit'), "a process's end");
	return {code: child.exitCode, signal: child.signalCode};
}
