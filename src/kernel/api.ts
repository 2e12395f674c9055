export { listOf, searchText, yesOrNo } from './list.ts';
export {
  type Api,
  pageOf,
  pageQuery,
  problem,
  type Route,
  route,
  type Scope,
  scopes,
} from './route.ts';
