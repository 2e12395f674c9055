// The contracts of health. Plain data, browser-safe.
export * from './api/grade.ts';
