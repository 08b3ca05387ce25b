/** A process that leaves warm ffmpegs behind; it says their ids, and ends as it is told. */
import {FfmpegPool} from '../../lib/transcode/pool.js';
import {ffmpegChildren} from '../helpers/transcoding.js';

const pool = new FfmpegPool({size: 2});
await pool.warm('mp3', {sampleRate: 24_000});
process.stdout.write(`${ffmpegChildren().join(' ')}\n`);
if (process.argv[2] === 'exit') process.exit(0);
if (process.argv[2] === 'kill') process.kill(process.pid, 'SIGKILL');
