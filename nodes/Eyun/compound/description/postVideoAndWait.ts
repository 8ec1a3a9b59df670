import { operationOf } from '../../catalogue';
import { propertiesOf } from '../../description/operation';
import type { CompoundDescription } from '../../description/compound';
import { timeLimit } from './timeLimit';

const USUAL_SECONDS = 300;
/** What posts the video. */
export const POST_VIDEO = operationOf('moment', 'postVideo');

/** A video on Moments in one step, which the vendor does in two. */
export const postVideoAndWait: CompoundDescription = {
	resource: 'moment',
	value: 'postVideoAndWait',
	name: 'Post Video and Wait',
	chinese: '发视频朋友圈并等待结果',
	action: 'Post video to moments and wait for result',
	description:
		'Post a video to Moments, wait until it is published, and output the ID of the moment',
	properties: [
		...propertiesOf(POST_VIDEO),
		timeLimit(USUAL_SECONDS, 'How long to wait for the moment'),
	],
	ignores: ['fullResponse'],
};
