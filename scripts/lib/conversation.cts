/** Talking to the auto-reply workflow through the simulator, as a friend with a phone would. */
import type { Simulator } from '../../simulator/server.cts';
import { waitFor } from './wait.cts';

/** A message that the node sent. */
export type Answer = ReturnType<Simulator['control']['messages']>[number];

export interface Exchange {
	said: string;
	answer: Answer;
	/** From the friend's message leaving until the answer's arrival at the vendor, milliseconds. */
	roundTripMs: number;
}

/** The push with which the vendor tries an address that was just registered (spec/FACTS.md: Transport). */
export const CHECK_PUSH = '00000';

const ANSWER_TIMEOUT_MS = 30_000;

/** Lets the default friend say something and waits for the answer. Throws where none comes. */
export async function talk(simulator: Simulator, text: string): Promise<Exchange> {
	const { control, defaults } = simulator;
	const before = control.messages().length;
	const begin = Date.now();
	const push = await control.say({ from: defaults.friend, text });
	if (!push.delivered) {
		throw new Error(
			`n8n did not take the friend's message: ${push.reason ?? `HTTP ${push.status}`}`,
		);
	}
	const answer = await waitFor(
		() =>
			control
				.messages()
				.slice(before)
				.find(({ to }) => to === defaults.friend),
		{ what: `an answer to "${text}"`, timeoutMs: ANSWER_TIMEOUT_MS, everyMs: 5 },
	);
	return { said: text, answer, roundTripMs: answer.sentMs - begin };
}

/** All that was sent to the default friend with this text in it. */
export function answersWith(simulator: Simulator, text: string): Answer[] {
	const { control, defaults } = simulator;
	return control
		.messages()
		.filter(({ to, content }) => to === defaults.friend && content.includes(text));
}

/**
 * Prints what friends say and what the node sends, as it happens, until the function it gives back
 * is called.
 */
export function watch(simulator: Simulator, print: (line: string) => void): () => void {
	const { control, world } = simulator;
	let heard = control.pushes().length;
	let answered = control.messages().length;
	const look = () => {
		for (const push of control.pushes().slice(heard)) {
			const { messageType, body, ms, status, delivered, reason } = push;
			// Still under way: its turn comes at the next look.
			if (!delivered && reason === undefined) break;
			heard++;
			if (messageType === CHECK_PUSH) continue;
			const { data } = JSON.parse(body) as { data?: { fromUser?: string; content?: string } };
			const who = world.people.get(data?.fromUser ?? '')?.nickName ?? data?.fromUser ?? '';
			print(
				`<- ${messageType} ${who}: ${data?.content ?? ''} (n8n: ${reason ?? `HTTP ${status}`}, ${ms} ms)`,
			);
		}
		for (const { path, to, content } of control.messages().slice(answered)) {
			answered++;
			print(`-> ${path} to ${world.people.get(to)?.nickName ?? to}: ${content}`);
		}
	};
	const timer = setInterval(look, 300);
	return () => clearInterval(timer);
}
