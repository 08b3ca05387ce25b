import type {Synthesizer} from '../synthesizer.js';
import type {WireProblem} from '../wire/error-codes.js';
import {HttpProblem} from './problem.js';

const draining = {
	code: 'draining',
	explanation: 'the server is shutting down: connect to another, or later',
} as const;

/** Decides whether new generations are taken: not while the server drains, nor while work runs too late. */
export class Admission {
	readonly #synthesizer: Synthesizer;
	readonly #maxLateness: number;
	#overloaded = false;
	draining = false;

	constructor(synthesizer: Synthesizer, maxLateness: number) {
		this.#synthesizer = synthesizer;
		this.#maxLateness = maxLateness;
	}

	/** Throws `HttpProblem` draining. */
	checkDraining(): void {
		if (this.draining) throw new HttpProblem(draining.code, draining.explanation);
	}

	/** Why a new generation is refused, or undefined. */
	refusal(): (WireProblem & {code: 'draining' | 'overloaded'}) | undefined {
		if (this.draining) return draining;
		const lateness = this.#synthesizer.lateness?.() ?? 0;
		// What runs late again as soon as one more is let in has not recovered.
		this.#overloaded = lateness > (this.#overloaded ? this.#maxLateness / 2 : this.#maxLateness);
		if (!this.#overloaded) return undefined;
		const explanation = `work runs ${Math.round(lateness)} ms late, maxLateness is ${this.#maxLateness}: try again later`;
		return {code: 'overloaded', explanation};
	}
}
