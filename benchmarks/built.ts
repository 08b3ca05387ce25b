import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

const root = new URL('..', import.meta.url);
let building: Promise<unknown> | undefined;

/** Builds dist/ once: what is measured in processes of its own runs as it is published, without a loader. */
export async function build(): Promise<void> {
	building ??= promisify(execFile)('npm', ['run', 'build'], {cwd: root});
	await building;
}
