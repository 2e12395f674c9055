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
