export { listOf, searchText, yesOrNo } from './list.ts';
export { everything, nothing, type Permission, permissions, type Reach, type Scope, scopes } from './permission.ts';
export { type Api, type May, pageOf, pageQuery, problem, type Route, route } from './route.ts';
