import type { Choice } from './types';

/** The vendor's region lines, by number; older clients know only the first 18 to 20. */
const NAMES = [
	'Beijing',
	'Tianjin',
	'Shanghai',
	'Chongqing',
	'Hebei',
	'Shanxi',
	'Jiangsu',
	'Zhejiang',
	'Anhui',
	'Fujian',
	'Jiangxi',
	'Shandong',
	'Henan',
	'Hubei',
	'Hunan',
	'Guangdong',
	'Hainan',
	'Sichuan',
	'Yunnan',
	'Shaanxi',
	'Heilongjiang',
	'Liaoning',
	'Guizhou',
	'Guangxi',
	'Ningxia',
	'Qinghai',
	'Gansu',
	'Tibet',
	'Jilin',
	'Inner Mongolia',
];

export const regions: readonly Choice[] = NAMES.map((name, index) => ({ name, value: index + 1 }));
