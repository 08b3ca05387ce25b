import {readFileSync} from 'node:fs';
import {hostname} from 'node:os';

/** Who holds something: a process, told from all others, also from one that gets its id later. */
export interface Owner {
	readonly host: string;
	readonly pid: number;
	/** When the process started, in ISO 8601. */
	readonly startedAt: string;
	/** Linux's own words for its start: the boot, and the clock ticks since. Absent elsewhere. */
	readonly start?: string | undefined;
}

/** This process. */
export function thisProcess(): Owner {
	const startedAt = new Date(performance.timeOrigin).toISOString();
	return {host: hostname(), pid: process.pid, startedAt, start: startOf(process.pid)};
}

/** An owner as JSON has it; undefined for what is none. */
export async function readOwner(value: unknown): Promise<Owner | undefined> {
	const {owner} = await import('./kept-schemas.js');
	return owner.Check(value) ? value : undefined;
}

/** Whether the process still runs. One on another host can't be asked: it counts as running. */
export function isRunning({host, pid, start}: Owner): boolean {
	if (host !== hostname()) return true;
	try {
		process.kill(pid, 0);
	} catch (error) {
		// It is there, but another user's.
		if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
	}
	return start === undefined || startOf(pid) === undefined || startOf(pid) === start;
}

/** For people: `process 4711 on nas, started 2026-11-25T13:00:00.000Z`. */
export function describeOwner({host, pid, startedAt}: Owner): string {
	return `process ${pid} on ${host}, started ${startedAt}`;
}

function startOf(pid: number): string | undefined {
	try {
		const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
		// The name, in parentheses, may hold anything; the start is the 20th field behind it (proc(5)).
		const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
			.replace(/^.*\) /s, '')
			.split(' ');
		return `${boot} ${fields[19]}`;
	} catch {
		return undefined;
	}
}
