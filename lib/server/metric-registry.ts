import {Counter, collectDefaultMetrics, Gauge, Histogram, Registry} from 'prom-client';

/** Metrics of one server, each named `speechpipe_…`. */
export class MetricRegistry {
	readonly #registry = new Registry();

	counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
		return new Counter({name: `speechpipe_${name}`, help, labelNames, registers: [this.#registry]});
	}

	histogram<Label extends string>(
		name: string,
		help: string,
		labelNames: readonly Label[],
		buckets: readonly number[],
	): Histogram<Label> {
		const registers = [this.#registry];
		return new Histogram({name: `speechpipe_${name}`, help, labelNames, buckets: [...buckets], registers});
	}

	/** `collect` is called before it is read. */
	gauge<Label extends string>(
		name: string,
		help: string,
		labelNames: readonly Label[],
		collect: () => void = () => {},
	): Gauge<Label> {
		return new Gauge({name: `speechpipe_${name}`, help, labelNames, collect, registers: [this.#registry]});
	}

	/** A gauge whose value is asked for before it is read. */
	gaugeOf(name: string, help: string, value: () => number): void {
		const gauge: Gauge = this.gauge(name, help, [], () => gauge.set(value()));
	}

	/** In the text format of Prometheus, with what the process itself takes. */
	async text(): Promise<{readonly contentType: string; readonly body: string}> {
		const {contentType} = this.#registry;
		return {contentType, body: `${await this.#registry.metrics()}\n${await ofProcess().metrics()}`};
	}
}

let processRegistry: Registry | undefined;

/** What the process takes: counted once, however many servers it has. */
function ofProcess(): Registry {
	if (!processRegistry) {
		processRegistry = new Registry();
		collectDefaultMetrics({register: processRegistry});
	}
	return processRegistry;
}
