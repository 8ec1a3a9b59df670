import type { INode } from 'n8n-workflow';

import { unusable } from '../address/conflict';
import { readRanges } from './allowedAddresses';
import type { TriggerSettings } from './parse';
import { SHORTEST_OWN_SECRET } from './properties';
import { wrongPattern } from './textFilter';

/**
 * Finds mistakes in the parameters when the workflow is activated. Later they would silently let
 * nothing through.
 *
 * @throws NodeOperationError that says what is wrong
 */
export function checkSettings(node: INode, settings: TriggerSettings): void {
	const { textMatches, allowedSenders, automatic, manualSecret } = settings;
	const reason = textMatches === '' ? undefined : wrongPattern(textMatches);
	if (reason !== undefined) {
		throw unusable(
			node,
			`The regular expression in Text Matches cannot be used: ${reason}`,
			'It takes RE2 syntax, which has no lookahead (?=…), no lookbehind (?<=…) and no backreferences \\1, so that no message can make it slow',
		);
	}
	const { ranges, wrong } = readRanges(allowedSenders);
	if (wrong.length > 0 || (allowedSenders !== '' && ranges.length === 0)) {
		throw unusable(
			node,
			`Allowed Sender Addresses has an entry that is no IP address or range: ${wrong[0] ?? allowedSenders}`,
			'Separate addresses such as 203.0.113.7 or 2001:db8::1 and ranges such as 203.0.113.0/24 by commas',
		);
	}
	const isSecret = manualSecret.length >= SHORTEST_OWN_SECRET && /^[\w-]+$/.test(manualSecret);
	if (!automatic && !isSecret) {
		throw unusable(
			node,
			'The secret of the callback address is missing, too short, or has characters that do not fit into an address',
			`Enter at least ${SHORTEST_OWN_SECRET} letters, digits, "-" or "_" that nobody can guess, and register the Production URL followed by ?secret= and them with E云`,
		);
	}
}
