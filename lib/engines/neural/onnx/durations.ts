import type {Graph, GraphNode} from './graph.js';

/**
 * The tensor that tells how many frames each input id lasts, found by what the exporters all keep: a duration is rounded
 * (`Round` of hibari and Kokoro, `Ceil` of Piper), then held above zero where the model does so (`Clip`). Where several
 * nodes round, it is the one whose result is summed up along the text. Undefined where that leaves none, or several.
 */
export function findDurations({nodes}: Graph, rounding: 'Round' | 'Ceil'): string | undefined {
	const users = usersOf(nodes);
	const rounded = nodes.filter(({type}) => type === rounding);
	const candidates = rounded.length > 1 ? rounded.filter(node => isSummed(node, users)) : rounded;
	const [found] = candidates;
	if (!found || candidates.length > 1) return undefined;
	const clip = usedBy(found, users).find(({type}) => type === 'Clip');
	return (clip ?? found).outputs[0];
}

type Users = ReadonlyMap<string, readonly GraphNode[]>;

function usersOf(nodes: readonly GraphNode[]): Users {
	const users = new Map<string, GraphNode[]>();
	for (const node of nodes) {
		for (const input of node.inputs) {
			const known = users.get(input);
			if (known) known.push(node);
			else users.set(input, [node]);
		}
	}
	return users;
}

function usedBy({outputs}: GraphNode, users: Users): readonly GraphNode[] {
	return outputs.flatMap(output => users.get(output) ?? []);
}

/** Whether it comes to a sum through nothing but changes of form. */
function isSummed(node: GraphNode, users: Users): boolean {
	return usedBy(node, users).some(
		user =>
			/^(?:CumSum|ReduceSum)$/.test(user.type) ||
			(/^(?:Clip|Cast|Squeeze|Unsqueeze|Reshape|Identity)$/.test(user.type) && isSummed(user, users)),
	);
}
