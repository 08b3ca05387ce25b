import test from 'ava';
import {exitCodeOf} from '../../lib/cli/exit.js';
import {SpeechError} from '../../lib/index.js';

const broken = Object.assign(new Error('write EPIPE'), {code: 'EPIPE'});

test('a reader that had enough is no failure; a connection that breaks is one', t => {
	t.is(exitCodeOf(broken), 0);
	t.is(exitCodeOf(new SpeechError('FILE_FAILED', 'Its reader has gone.', {cause: broken})), 0);
	for (const code of ['REDIS_FAILED', 'REMOTE_LOST', 'FFMPEG_FAILED'] as const)
		t.is(exitCodeOf(new SpeechError(code, 'It broke.', {cause: broken})), 1);
});
