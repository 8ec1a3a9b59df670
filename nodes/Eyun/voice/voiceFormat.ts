import type { INodeProperties } from 'n8n-workflow';

/** WAV, or what WeChat sent. */
export type VoiceFormat = 'wav' | 'asReceived';

/** What the latter is called in the editor. */
export const AS_RECEIVED = 'SILK as Received';

/** The choice of the format, for action and trigger. */
export const voiceFormatProperty: INodeProperties = {
	displayName: 'Voice Format',
	name: 'voiceFormat',
	type: 'options',
	options: [
		{
			name: 'WAV',
			value: 'wav',
			description: 'What transcription nodes take: 16-bit PCM, 24 kHz, mono',
		},
		{ name: AS_RECEIVED, value: 'asReceived', description: 'What WeChat sent, unchanged' },
	],
	default: 'wav',
	description: 'What voice messages become. Other files stay as they are.',
};

/** The chosen format; WAV where nothing is chosen. */
export function voiceFormatOf(value: unknown): VoiceFormat {
	return value === 'asReceived' ? value : 'wav';
}
