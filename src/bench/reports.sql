-- Fills an empty schema with a year of work, to measure reports: psql -f src/bench/reports.sql, then vacuum analyze.
set synchronous_commit=off;
insert into site (id,key,name) values ('00000000-0000-0000-0000-0000000000aa','bench','Bench') on conflict do nothing;
insert into agent_account (id,email,name,password_hash,role) select ('00000000-0000-0000-0001-'||lpad(g::text,12,'0'))::uuid, 'b'||g||'@x.example','Agent '||g,'x','agent' from generate_series(1,20) g;
insert into reply (id,title,text,categories,state,created_at) select ('00000000-0000-0000-0002-'||lpad(g::text,12,'0'))::uuid,'Reply '||g,'Text of reply '||g||' with some words about parcels and invoices',array['Category '||g%12],'published',now()-interval '400 days' from generate_series(1,1000) g;
-- 40,000 conversations over a year, five questions and 25 messages each.
insert into customer (id,site_id) select ('00000000-0000-0000-0003-'||lpad(c::text,12,'0'))::uuid,'00000000-0000-0000-0000-0000000000aa' from generate_series(1,40000) c;
insert into conversation (id,site_id,customer_id,last_sequence,last_public_sequence,created_at) select ('00000000-0000-0000-0004-'||lpad(c::text,12,'0'))::uuid,'00000000-0000-0000-0000-0000000000aa',('00000000-0000-0000-0003-'||lpad(c::text,12,'0'))::uuid,25,25, now()-interval '365 days'+c*interval '365 days'/40000 from generate_series(1,40000) c;
create temp table t as select c, q, ('00000000-0000-0000-0004-'||lpad(c::text,12,'0'))::uuid as conv, ('00000000-0000-0000-0005-'||lpad((c*10+q)::text,12,'0'))::uuid as imp, ('00000000-0000-0000-0006-'||lpad((c*10+q)::text,12,'0'))::uuid as dec, now()-interval '365 days'+c*interval '365 days'/40000+q*interval '7 minutes' as at, random() as r, (random()*999)::int+1 as rep from generate_series(1,40000) c, generate_series(1,5) q;
-- Two messages of the customer, then three of the agent.
insert into conversation_event (conversation_id,sequence,public_sequence,kind,author_kind,author_id,client_id,text,created_at)
 select conv,(q-1)*5+m,(q-1)*5+m,'message',case when m in (1,2) then 'customer' else 'agent' end, case when m>2 then ('00000000-0000-0000-0001-'||lpad((c%20+1)::text,12,'0'))::uuid end, case when m=3 then dec else gen_random_uuid() end,
 'Where is my parcel number '||c||', please? It should have been here by now.', at+case when m=1 then interval '0' when m=2 then interval '20 s' else interval '20 s'*m+r*interval '300 s' end from t, generate_series(1,5) m order by at,m;
insert into impression (id,conversation_id,trigger_sequence,query,question,model_number,knowledge_revision,candidate_count,shown_count,took_millis,created_at,masked,masked_by)
 select imp,conv,(q-1)*5+2,'- Where is my parcel?'||repeat(' and more turns of the talk',12),case when c%3=0 then '我的包裹在哪里？'||c else 'Where is my parcel number '||c||'? It should be here.' end,1+c/10000,1,50,case when r<0.15 then 0 else 3 end,80,at+interval '20 s',true,9 from t order by at;
insert into impression_candidate (impression_id,position,reply_id,reply_version,first_stage,memory,model_logit,probability,shown,meaning,share)
 select imp,p,('00000000-0000-0000-0002-'||lpad(((rep+p-2)%1000+1)::text,12,'0'))::uuid,1,.5,.5,1,.9-p*.01,r>=0.15 and p<=3,.5,.1 from t, generate_series(1,20) p;
insert into decision (id,impression_id,conversation_id,agent_id,outcome,reply_id,position,text_sent,created_at,masked,masked_by)
 select dec,imp,conv,('00000000-0000-0000-0001-'||lpad((c%20+1)::text,12,'0'))::uuid, case when r<.3 then 'own-text' when r<.75 then 'sent' else 'edited' end, case when r<.2 then null else ('00000000-0000-0000-0002-'||lpad(((rep+(case when r<.3 then 7 else 0 end))%1000+1)::text,12,'0'))::uuid end, case when r<.2 then null when r<.3 then 9 else 2 end,'text',at+interval '60 s'+r*interval '300 s',true,9 from t where r<.93;
insert into decision (id,impression_id,conversation_id,agent_id,outcome,reply_id,position,reason,created_at,masked,masked_by)
 select gen_random_uuid(),imp,conv,('00000000-0000-0000-0001-'||lpad((c%20+1)::text,12,'0'))::uuid,'rejected',('00000000-0000-0000-0002-'||lpad((rep%1000+1)::text,12,'0'))::uuid,2,'wrong',at+interval '50 s',true,9 from t where r>.95;
insert into first_day_rank (impression_id,place,shown) select imp,(random()*3)::int,3 from t where r>=.2 and r<.93;
