import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';

/** The test data that lies beside the project's checkout, or undefined in a stranger's clone. */
export function shared(path: string): string | undefined {
	const found = fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));
	return existsSync(found) ? found : undefined;
}

/** In CI, with the shared data at hand, everything that a test needs is there: a skip would hide a failure. */
const skipFails = process.env['CI'] === 'true' && shared('design.md') !== undefined;

/** Gives whether to go on; otherwise says why the test is skipped, or fails it where nothing may be skipped. */
export function goOnIf(t: ExecutionContext, condition: unknown, reason: string): boolean {
	if (condition) return true;
	if (skipFails) t.fail(`in CI nothing may be skipped: ${reason}`);
	else {
		t.log(`skipped: ${reason}`);
		t.pass();
	}
	return false;
}
