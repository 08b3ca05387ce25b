import type {InstallEvent} from '../voices/index.js';
import {megabytes} from './megabytes.js';
import {plain} from './plain.js';

/** ms between two pictures on a terminal. */
const frame = 100;
/** Columns of the bar. */
const barLength = 24;

/**
 * Tells how an install goes, on stderr: a line that lives, on a terminal; otherwise a line for each thing that happened. Gives what
 * takes the events, and what takes the living line away.
 */
export function showInstall(terminal: NodeJS.WriteStream): {
	readonly onEvent: (event: InstallEvent) => void;
	readonly end: () => void;
} {
	let [drawn, file, isOpen] = [0, '', false];
	const clear = () => {
		if (isOpen) terminal.write('\r\x1b[K');
		isOpen = false;
	};
	const say = (line: string) => {
		clear();
		terminal.write(`${line}\n`);
	};
	const draw = (line: string) => {
		const room = (terminal.columns || 80) - 1;
		terminal.write(`\r\x1b[K${line.slice(0, room)}`);
		[isOpen, drawn] = [true, performance.now()];
	};

	const onEvent = (event: InstallEvent) => {
		if (event.type !== 'progress') {
			const line = lineOf(event);
			if (event.type === 'proving' && terminal.isTTY) draw(line);
			else say(line);
		} else if (!terminal.isTTY) {
			if (event.file !== file) say(`${event.id}: fetching ${sized(event.file, event.total)}`);
		} else if (event.file !== file || performance.now() - drawn > frame) {
			draw(barOf(event));
		}
		if (event.type === 'progress') file = event.file;
	};
	return {onEvent, end: clear};
}

function lineOf(event: Exclude<InstallEvent, {type: 'progress'}>): string {
	switch (event.type) {
		case 'waiting':
			return `Waiting for process ${event.pid}, which changes the voices too`;
		case 'proving':
			return `${event.id}: speaking a phrase`;
		case 'installed':
			return `${event.id}: installed; a second of speech takes ${event.realTimeFactor.toPrecision(2)} s on one core`;
		case 'present':
			return `${event.id}: is installed`;
	}
}

function barOf({id, received, total}: Extract<InstallEvent, {type: 'progress'}>): string {
	if (total === undefined) return `${id}: ${megabytes(received)}`;
	const share = total === 0 ? 1 : received / total;
	const done = Math.floor(share * barLength);
	const bar = `${'█'.repeat(done)}${'░'.repeat(barLength - done)}`;
	return `${bar} ${String(Math.floor(share * 100)).padStart(3)}% of ${megabytes(total)}  ${id}`;
}

function sized(file: string, total: number | undefined): string {
	return total === undefined ? plain(file) : `${plain(file)} (${megabytes(total)})`;
}
