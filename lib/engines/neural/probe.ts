import {once} from 'node:events';
import {Worker} from 'node:worker_threads';
import {workerExecArgv} from '../exec-argv.js';
import {fromWireError, type WireError} from '../messages.js';
import type {RuntimeChoice, RuntimeReport} from './runtime-choice.js';

/** Which runtime loads, found out in a worker thread. Throws `SpeechError` ENGINE_MISSING where the one chosen does not. */
export async function probeRuntime(choice: RuntimeChoice): Promise<RuntimeReport> {
	const thread = new Worker(new URL('./runtime-probe.js', import.meta.url), {
		workerData: choice,
		execArgv: workerExecArgv(),
	});
	// What runtime-probe.ts sends.
	const [answer] = (await once(thread, 'message')) as [RuntimeReport | WireError];
	if ('message' in answer) throw fromWireError(answer, 'ONNX Runtime');
	return answer;
}
