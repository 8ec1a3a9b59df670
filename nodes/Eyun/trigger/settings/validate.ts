import type { INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isGroupId } from '../../common/wechatIds';
import type { TriggerSettings } from './parse';
import { SHORTEST_OWN_SECRET } from './properties';

/**
 * Finds mistakes in the parameters when the workflow is activated. Later they would silently let
 * nothing through.
 *
 * @param node the trigger
 * @throws NodeOperationError that says what is wrong
 */
export function validateSettings(node: INode, settings: TriggerSettings): void {
	const mistake = mistakeIn(settings);
	if (mistake === undefined) return;
	throw new NodeOperationError(node, mistake.message, { description: mistake.advice });
}

function mistakeIn({
	textMatches,
	allowedAddresses,
	groups,
	automatic,
	manualSecret,
}: TriggerSettings): { message: string; advice: string } | undefined {
	if (textMatches?.mistake !== undefined) {
		return {
			message: `The regular expression in Text Matches is not valid: ${textMatches.mistake}`,
			advice:
				'Use RE2 syntax, which has no lookahead (?=…), no lookbehind (?<=…) and no backreferences \\1, so that no message can slow it down',
		};
	}
	const { isEmpty, ranges, wrong } = allowedAddresses;
	if (wrong.length > 0 || (!isEmpty && ranges.length === 0)) {
		return {
			message: `Allowed Addresses has an entry that is not an IP address or range: ${wrong[0] ?? 'a separator only'}`,
			advice:
				'Separate addresses such as 203.0.113.7 or 2001:db8::1 and ranges such as 203.0.113.0/24 with commas',
		};
	}
	const noGroup = groups.find((id) => !isGroupId(id));
	if (noGroup !== undefined) {
		return {
			message: `Groups has an entry that is not the ID of a group: ${noGroup}`,
			advice:
				'Enter IDs such as 12345678901@chatroom. Group: Get Many lists them as chatRoomId, and the trigger outputs the ID of any group that writes as chatId',
		};
	}
	const isSecret = manualSecret.length >= SHORTEST_OWN_SECRET && /^[\w-]+$/.test(manualSecret);
	if (automatic || isSecret) return undefined;
	return {
		message:
			'The secret of the callback address is missing, too short, or has characters that an address cannot hold',
		advice: `Enter at least ${SHORTEST_OWN_SECRET} letters, digits, "-" or "_" that nobody can guess, and register the Production URL with ?secret= and the secret at its end in Eyun`,
	};
}
