import { codeIn, isMessageEvent } from '../../callbacks/events';
import { fileStateOf } from '../../callbacks/fileState';
import type { TriggerOutput } from '../../callbacks/output';
import { ageInSeconds } from '../../common/age';
import { isChosen } from './eventChoices';
import type { TriggerSettings } from './parse';
import { containsAny } from './textFilter';

/** One reason why an event may be unwanted: true when it is wanted as far as this reason goes. */
type Filter = (event: TriggerOutput, settings: TriggerSettings, code: string) => boolean;

const isPrivateOrGroup = ({ chatType }: TriggerOutput) =>
	chatType === 'private' || chatType === 'group';

/** An empty list lets everything through, and so does an event that does not say who it is about. */
function isAmong(id: string | null, wanted: readonly string[]): boolean {
	return wanted.length === 0 || id === null || wanted.includes(id);
}

/** Eyun itself says that the transfer has ended. */
const isReceived = ({ event }: TriggerOutput) => event === 'message.fileReceived';

const FILTERS: readonly Filter[] = [
	({ event, self }, { includeOwnMessages }) =>
		!self || includeOwnMessages || !isMessageEvent(event),
	({ event, chatType }, { events }, messageType) =>
		isChosen(events, { messageType, event, chatType }),
	// One file is one event. Only who asks for announcements gets them, too.
	(event, { events }, code) =>
		events.includes(code) || fileStateOf(event)?.state !== 'announced' || isReceived(event),
	({ wcId }, { receivingAccounts }) => isAmong(wcId, receivingAccounts),
	(event, { chats }) => chats === 'both' || !isPrivateOrGroup(event) || event.chatType === chats,
	({ chatType, chatId }, { groups }) => chatType !== 'group' || isAmong(chatId, groups),
	({ senderId }, { senders }) => isAmong(senderId, senders),
	({ event, chatType, mentioned, mentions, wcId }, { onlyMentioned, allMentions }) =>
		!onlyMentioned ||
		chatType !== 'group' ||
		!isMessageEvent(event) ||
		(allMentions ? mentioned : wcId !== null && mentions.includes(wcId)),
	({ event, text }, { textContains }) =>
		textContains.length === 0 || !isMessageEvent(event) || containsAny(text ?? '', textContains),
	({ event, text }, { textMatches }) =>
		textMatches === undefined || !isMessageEvent(event) || textMatches.matches(text ?? ''),
	({ event, timestamp }, { maximumAge }) =>
		maximumAge === 0 ||
		timestamp === null ||
		!isMessageEvent(event) ||
		ageInSeconds(timestamp) <= maximumAge,
];

/**
 * Whether an event starts the workflow, by the node's parameters. Own messages come first: a
 * workflow that answers them would answer itself.
 *
 * @param event what the trigger would give out
 * @param settings the node's parameters
 * @param code the event's message type in the optimised format
 */
export function passesFilters(
	event: TriggerOutput,
	settings: TriggerSettings,
	code: string,
): boolean {
	const chosenAs = codeIn(event.chatType, code);
	return FILTERS.every((filter) => filter(event, settings, chosenAs));
}
