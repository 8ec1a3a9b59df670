import type { INodeProperties } from 'n8n-workflow';

/** The longest wait. */
export const WAIT_TIME = { name: 'limitWaitTime', label: 'Limit Wait Time' };

const AFTER = 'afterTimeInterval';
export const AT_TIME = 'atSpecifiedTime';

/** The parameter for the longest wait; the names are those of n8n's own nodes. */
export const limitWaitTime: INodeProperties = {
	displayName: WAIT_TIME.label,
	name: WAIT_TIME.name,
	type: 'fixedCollection',
	placeholder: 'Add limit',
	default: {},
	description:
		'When to continue without an answer, with the input. Without a limit the execution waits until somebody answers.',
	options: [
		{
			displayName: 'Limit',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					options: [
						{ name: 'After Time Interval', value: AFTER },
						{ name: 'At Specified Time', value: AT_TIME },
					],
					default: AFTER,
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 2 },
					default: 1,
					displayOptions: { show: { limitType: [AFTER] } },
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					options: [
						{ name: 'Minutes', value: 'minutes' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Days', value: 'days' },
					],
					default: 'hours',
					displayOptions: { show: { limitType: [AFTER] } },
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					default: '',
					displayOptions: { show: { limitType: [AT_TIME] } },
				},
			],
		},
	],
};
