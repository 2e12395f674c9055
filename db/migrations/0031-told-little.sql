-- A charge that tells too little for an estimate is remembered with what little it told: the next one begins there.
alter table health.charge drop constraint charge_check1, drop constraint charge_check2,
  add constraint kept_inputs check ((known is null) = (inputs is null)),
  add constraint said check (
    (standing = 'estimated') = (soh is not null and soh_lower <= soh and soh <= soh_upper and ohms is not null)),
  add constraint said_is_known check (standing = 'abstained' or known is not null);
