import type {Synthesizer} from '../synthesizer.js';
import type {WireProblem} from '../wire/error-codes.js';

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

	/** Why a new generation is refused, or undefined. */
	refusal(): WireProblem | undefined {
		if (this.draining)
			return {code: 'draining', explanation: 'the server is shutting down: connect to another, or later'};
		const lateness = this.#synthesizer.lateness?.() ?? 0;
		// What runs late again as soon as one more is let in has not recovered.
		this.#overloaded = lateness > (this.#overloaded ? this.#maxLateness / 2 : this.#maxLateness);
		if (!this.#overloaded) return undefined;
		const explanation = `work runs ${Math.round(lateness)} ms late, maxLateness is ${this.#maxLateness}: try again later`;
		return {code: 'overloaded', explanation};
	}
}
