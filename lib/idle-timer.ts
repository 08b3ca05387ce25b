/**
 * Tells when nothing has come for so long. A process that stood still (a laptop that slept, a long computation) runs its timers
 * before it reads what came meanwhile: so that is read first, and counts.
 */
export class IdleTimer {
	readonly #timer: NodeJS.Timeout;
	#last: NodeJS.Immediate | undefined;

	/** `ms` as for `setTimeout`. `onIdle` may be called again after a `refresh`. */
	constructor(ms: number, onIdle: () => void) {
		this.#timer = setTimeout(() => {
			// Behind the phase of the event loop in which sockets are read.
			this.#last = setImmediate(onIdle);
		}, ms);
	}

	/** Something came: the time counts anew. */
	refresh(): void {
		clearImmediate(this.#last);
		this.#timer.refresh();
	}

	/** From now on it keeps no process alive. */
	unref(): this {
		this.#timer.unref();
		return this;
	}

	/** It is not needed any more. */
	clear(): void {
		clearImmediate(this.#last);
		clearTimeout(this.#timer);
	}
}
