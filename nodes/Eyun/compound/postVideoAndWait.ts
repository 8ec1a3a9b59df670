import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../common/records';
import { propertiesOf } from '../description/operation';
import { operationOf } from '../execution/calls/callOperation';
import { waitForJob } from '../execution/calls/job';
import { ask, readRequest } from '../execution/calls/vendorOperation';
import type { CompoundOperation } from '../execution/compoundOperation';
import { timeLimit, timeLimitMs } from './timeLimit';

const USUAL_SECONDS = 300;
const POST = operationOf('moment', 'postVideo');

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const limit = timeLimitMs(context, itemIndex);
	const request = await readRequest(context, POST, itemIndex);
	// The one call that changes something; all that follows only asks about it.
	const { data } = await ask(context, POST, request, request.body);
	const outcome = await waitForJob(context, {
		question: operationOf('moment', 'getVideoPost'),
		id: { asynId: isRecord(data) ? data.asynId : undefined },
		what: 'The video moment',
		changes: true,
		limit,
		itemIndex,
	});
	return [{ json: outcome as IDataObject }];
}

/** A video on Moments in one step, which the vendor does in two. */
export const postVideoAndWait: CompoundOperation = {
	resource: 'moment',
	value: 'postVideoAndWait',
	name: 'Post Video and Wait',
	chinese: '发视频朋友圈并等待结果',
	action: 'Post video to moments and wait for result',
	description:
		'Post a video to Moments, wait until it is published, and output the ID of the moment',
	properties: [...propertiesOf(POST), timeLimit(USUAL_SECONDS, 'How long to wait for the moment')],
	ignores: ['fullResponse'],
	run,
};
