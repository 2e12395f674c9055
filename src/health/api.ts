// The contracts of health. Plain data, browser-safe.
export * from './api/charge.ts';
export * from './api/grade.ts';
export * from './api/risk.ts';
