import type { IExecuteFunctions } from 'n8n-workflow';

import { toWire } from '../execution/values/toWire';
import { TIME_LIMIT } from './description/timeLimit';

/**
 * Reads it for one item.
 *
 * @returns milliseconds
 * @throws InvalidInput when it is no whole number above 0
 */
export function timeLimitMs(context: IExecuteFunctions, itemIndex: number): number {
	return Number(toWire(TIME_LIMIT, context.getNodeParameter(TIME_LIMIT.name, itemIndex))) * 1_000;
}
