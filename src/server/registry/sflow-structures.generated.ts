/* Generated from registry/sflow-structures.tsv by npm run generate. */

/** Kind, enterprise, format, name, members where known, with tabs between; see registry/sflow-structures.tsv. */
export const STRUCTURES = `
sample	0	1	flow_sample	sequence_number:u32 source_id:u32 sampling_rate:u32 sample_pool:u32 drops:u32 input:u32 output:u32
sample	0	2	counters_sample	sequence_number:u32 source_id:u32
sample	0	3	flow_sample_expanded	sequence_number:u32 source_id_type:u32 source_id_index:u32 sampling_rate:u32 sample_pool:u32 drops:u32 input_format:u32 input_value:u32 output_format:u32 output_value:u32
sample	0	4	counters_sample_expanded	sequence_number:u32 source_id_type:u32 source_id_index:u32
sample	0	5	discarded_packet	sequence_number:u32 source_id_type:u32 source_id_index:u32 drops:u32 input:u32 output:u32 reason:u32
flow	0	1	sampled_header	protocol:u32 frame_length:u32 stripped:u32 header:bytes
flow	0	2	sampled_ethernet	length:u32 src_mac:mac dst_mac:mac type:u32
flow	0	3	sampled_ipv4	length:u32 protocol:u32 src_ip:ip4 dst_ip:ip4 src_port:u32 dst_port:u32 tcp_flags:u32 tos:u32
flow	0	4	sampled_ipv6	length:u32 protocol:u32 src_ip:ip6 dst_ip:ip6 src_port:u32 dst_port:u32 tcp_flags:u32 priority:u32
flow	0	1001	extended_switch	src_vlan:u32 src_priority:u32 dst_vlan:u32 dst_priority:u32
flow	0	1002	extended_router	nexthop:ip src_mask_len:u32 dst_mask_len:u32
flow	0	1003	extended_gateway	nexthop:ip as:u32 src_as:u32 src_peer_as:u32 dst_as_path{type:u32 as:u32[]}[] communities:u32[] localpref:u32
flow	0	1004	extended_user	src_charset:u32 src_user:text dst_charset:u32 dst_user:text
flow	0	1005	extended_url	direction:u32 url:text host:text
flow	0	1006	extended_mpls	nexthop:ip in_stack:u32[] out_stack:u32[]
flow	0	1007	extended_nat	src_address:ip dst_address:ip
flow	0	1008	extended_mpls_tunnel	tunnel_lsp_name:text tunnel_id:u32 tunnel_cos:u32
flow	0	1009	extended_mpls_vc	vc_instance_name:text vll_vc_id:u32 vc_label_cos:u32
flow	0	1010	extended_mpls_FTN	mplsFTNDescr:text mplsFTNMask:u32
flow	0	1011	extended_mpls_LDP_FEC	mplsFecAddrPrefixLength:u32
flow	0	1012	extended_vlantunnel	stack:u32[]
flow	0	1013	extended_80211_payload	cipher_suite:u32 data:bytes
flow	0	1014	extended_80211_rx	ssid:text bssid:mac version:u32 channel:u32 speed:u64 rsni:u32 rcpi:u32 packet_duration:u32
flow	0	1015	extended_80211_tx	ssid:text bssid:mac version:u32 transmissions:u32 packet_duration:u32 retrans_duration:u32 channel:u32 speed:u64 power:u32
flow	0	1016	extended_80211_aggregation
flow	0	1017	extended_openflow_v1
flow	0	1018	extended_fc
flow	0	1019	extended_queue_length
flow	0	1020	extended_nat_port	src_port:u32 dst_port:u32
flow	0	1021	extended_L2_tunnel_egress	length:u32 src_mac:mac dst_mac:mac type:u32
flow	0	1022	extended_L2_tunnel_ingress	length:u32 src_mac:mac dst_mac:mac type:u32
flow	0	1023	extended_ipv4_tunnel_egress	length:u32 protocol:u32 src_ip:ip4 dst_ip:ip4 src_port:u32 dst_port:u32 tcp_flags:u32 tos:u32
flow	0	1024	extended_ipv4_tunnel_ingress	length:u32 protocol:u32 src_ip:ip4 dst_ip:ip4 src_port:u32 dst_port:u32 tcp_flags:u32 tos:u32
flow	0	1025	extended_ipv6_tunnel_egress	length:u32 protocol:u32 src_ip:ip6 dst_ip:ip6 src_port:u32 dst_port:u32 tcp_flags:u32 priority:u32
flow	0	1026	extended_ipv6_tunnel_ingress	length:u32 protocol:u32 src_ip:ip6 dst_ip:ip6 src_port:u32 dst_port:u32 tcp_flags:u32 priority:u32
flow	0	1027	extended_decapsulate_egress	inner_header_offset:u32
flow	0	1028	extended_decapsulate_ingress	inner_header_offset:u32
flow	0	1029	extended_vni_egress	vni:u32
flow	0	1030	extended_vni_ingress	vni:u32
flow	0	1031	extended_ib_lrh
flow	0	1032	extended_ib_grh
flow	0	1033	extended_ib_bth
flow	0	1034	extended_vlan_in
flow	0	1035	extended_vlan_out
flow	0	1036	extended_egress_queue	queue:u32
flow	0	1037	extended_acl	number:u32 name:text direction:u32
flow	0	1038	extended_function	symbol:text
flow	0	1039	extended_transit	delay:u32
flow	0	1040	extended_queue	depth:u32
flow	0	1041	extended_hw_trap	group:text trap:text
flow	0	1042	extended_linux_reason	reason:text
flow	0	1043	extended_timestamp
flow	0	2000	transaction
flow	0	2001	extended_nfs_storage_transaction
flow	0	2002	extended_scsi_storage_transaction
flow	0	2003	extended_http_transaction
flow	0	2100	extended_socket_ipv4	protocol:u32 local_ip:ip4 remote_ip:ip4 local_port:u32 remote_port:u32
flow	0	2101	extended_socket_ipv6	protocol:u32 local_ip:ip6 remote_ip:ip6 local_port:u32 remote_port:u32
flow	0	2102	extended_proxy_socket_ipv4	protocol:u32 local_ip:ip4 remote_ip:ip4 local_port:u32 remote_port:u32
flow	0	2103	extended_proxy_socket_ipv6	protocol:u32 local_ip:ip6 remote_ip:ip6 local_port:u32 remote_port:u32
flow	0	2200	memcache
flow	0	2201	http	method:u32 version:u32 uri:text host:text referrer:text useragent:text authuser:text mime_type:text bytes:u64 duration_us:u32 status:u32
flow	0	2202	app_operation	application:text operation:text attributes:text status_description:text req_bytes:u64 resp_bytes:u64 duration_us:u32 status:u32
flow	0	2203	app_parent_context	application:text operation:text attributes:text
flow	0	2204	app_initiator	actor:text
flow	0	2205	app_target	actor:text
flow	0	2206	http_request	method:u32 version:u32 uri:text host:text referrer:text useragent:text xff:text authuser:text mime_type:text req_bytes:u64 resp_bytes:u64 duration_us:u32 status:u32
flow	0	2207	extended_proxy_request	uri:text host:text
flow	0	2208	extended_nav_timing
flow	0	2209	extended_tcp_info	direction:u32 snd_mss:u32 rcv_mss:u32 unacked:u32 lost:u32 retrans:u32 pmtu:u32 rtt:u32 rttvar:u32 snd_cwnd:u32 reordering:u32 min_rtt:u32
flow	0	2210	extended_entities	src_ds_class:u32 src_ds_index:u32 dst_ds_class:u32 dst_ds_index:u32
flow	4413	1	bst_egress_queue	queue:u32
counters	0	1	if_counters	ifIndex:u32 ifType:u32 ifSpeed:u64 ifDirection:u32 ifStatus:u32 ifInOctets:u64 ifInUcastPkts:u32 ifInMulticastPkts:u32 ifInBroadcastPkts:u32 ifInDiscards:u32 ifInErrors:u32 ifInUnknownProtos:u32 ifOutOctets:u64 ifOutUcastPkts:u32 ifOutMulticastPkts:u32 ifOutBroadcastPkts:u32 ifOutDiscards:u32 ifOutErrors:u32 ifPromiscuousMode:u32
counters	0	2	ethernet_counters	dot3StatsAlignmentErrors:u32 dot3StatsFCSErrors:u32 dot3StatsSingleCollisionFrames:u32 dot3StatsMultipleCollisionFrames:u32 dot3StatsSQETestErrors:u32 dot3StatsDeferredTransmissions:u32 dot3StatsLateCollisions:u32 dot3StatsExcessiveCollisions:u32 dot3StatsInternalMacTransmitErrors:u32 dot3StatsCarrierSenseErrors:u32 dot3StatsFrameTooLongs:u32 dot3StatsInternalMacReceiveErrors:u32 dot3StatsSymbolErrors:u32
counters	0	3	tokenring_counters	dot5StatsLineErrors:u32 dot5StatsBurstErrors:u32 dot5StatsACErrors:u32 dot5StatsAbortTransErrors:u32 dot5StatsInternalErrors:u32 dot5StatsLostFrameErrors:u32 dot5StatsReceiveCongestions:u32 dot5StatsFrameCopiedErrors:u32 dot5StatsTokenErrors:u32 dot5StatsSoftErrors:u32 dot5StatsHardErrors:u32 dot5StatsSignalLoss:u32 dot5StatsTransmitBeacons:u32 dot5StatsRecoverys:u32 dot5StatsLobeWires:u32 dot5StatsRemoves:u32 dot5StatsSingles:u32 dot5StatsFreqErrors:u32
counters	0	4	vg_counters	dot12InHighPriorityFrames:u32 dot12InHighPriorityOctets:u64 dot12InNormPriorityFrames:u32 dot12InNormPriorityOctets:u64 dot12InIPMErrors:u32 dot12InOversizeFrameErrors:u32 dot12InDataErrors:u32 dot12InNullAddressedFrames:u32 dot12OutHighPriorityFrames:u32 dot12OutHighPriorityOctets:u64 dot12TransitionIntoTrainings:u32 dot12HCInHighPriorityOctets:u64 dot12HCInNormPriorityOctets:u64 dot12HCOutHighPriorityOctets:u64
counters	0	5	vlan_counters	vlan_id:u32 octets:u64 ucastPkts:u32 multicastPkts:u32 broadcastPkts:u32 discards:u32
counters	0	6	ieee80211_counters	dot11TransmittedFragmentCount:u32 dot11MulticastTransmittedFrameCount:u32 dot11FailedCount:u32 dot11RetryCount:u32 dot11MultipleRetryCount:u32 dot11FrameDuplicateCount:u32 dot11RTSSuccessCount:u32 dot11RTSFailureCount:u32 dot11ACKFailureCount:u32 dot11ReceivedFragmentCount:u32 dot11MulticastReceivedFrameCount:u32 dot11FCSErrorCount:u32 dot11TransmittedFrameCount:u32 dot11WEPUndecryptableCount:u32 dot11QoSDiscardedFragmentCount:u32 dot11AssociatedStationCount:u32 dot11QoSCFPollsReceivedCount:u32 dot11QoSCFPollsUnusedCount:u32 dot11QoSCFPollsUnusableCount:u32 dot11QoSCFPollsLostCount:u32
counters	0	7	lag_port_stats	actorSystemID:mac partnerOperSystemID:mac attachedAggID:u32 portState:u32 LACPDUsRx:u32 markerPDUsRx:u32 markerResponsePDUsRx:u32 unknownRx:u32 illegalRx:u32 LACPDUsTx:u32 markerPDUsTx:u32 markerResponsePDUsTx:u32
counters	0	8	slow_path_counts
counters	0	9	ib_counters
counters	0	10	sfp
counters	0	11	pfc
counters	0	1001	processor	cpu_5s:u32 cpu_1m:u32 cpu_5m:u32 total_memory:u64 free_memory:u64
counters	0	1002	radio_utilization	elapsed_time:u32 on_channel_time:u32 on_channel_busy_time:u32
counters	0	1003	queue_length
counters	0	1004	of_port	datapath_id:u64 port_no:u32
counters	0	1005	port_name	name:text
counters	0	2000	host_descr	hostname:text uuid:uuid machine_type:u32 os_name:u32 os_release:text
counters	0	2001	host_adapters	adapters{ifIndex:u32 mac_addresses:mac[]}[]
counters	0	2002	host_parent	container_type:u32 container_index:u32
counters	0	2003	host_cpu	load_one:f32 load_five:f32 load_fifteen:f32 proc_run:u32 proc_total:u32 cpu_num:u32 cpu_speed:u32 uptime:u32 cpu_user:u32 cpu_nice:u32 cpu_system:u32 cpu_idle:u32 cpu_wio:u32 cpu_intr:u32 cpu_sintr:u32 interrupts:u32 contexts:u32 cpu_steal:u32 cpu_guest:u32 cpu_guest_nice:u32
counters	0	2004	host_memory	mem_total:u64 mem_free:u64 mem_shared:u64 mem_buffers:u64 mem_cached:u64 swap_total:u64 swap_free:u64 page_in:u32 page_out:u32 swap_in:u32 swap_out:u32
counters	0	2005	host_disk_io	disk_total:u64 disk_free:u64 part_max_used:u32 reads:u32 bytes_read:u64 read_time:u32 writes:u32 bytes_written:u64 write_time:u32
counters	0	2006	host_net_io	bytes_in:u64 pkts_in:u32 errs_in:u32 drops_in:u32 bytes_out:u64 pkts_out:u32 errs_out:u32 drops_out:u32
counters	0	2007	host_ip	ipForwarding:u32 ipDefaultTTL:u32 ipInReceives:u32 ipInHdrErrors:u32 ipInAddrErrors:u32 ipForwDatagrams:u32 ipInUnknownProtos:u32 ipInDiscards:u32 ipInDelivers:u32 ipOutRequests:u32 ipOutDiscards:u32 ipOutNoRoutes:u32 ipReasmTimeout:u32 ipReasmReqds:u32 ipReasmOKs:u32 ipReasmFails:u32 ipFragOKs:u32 ipFragFails:u32 ipFragCreates:u32
counters	0	2008	host_icmp	icmpInMsgs:u32 icmpInErrors:u32 icmpInDestUnreachs:u32 icmpInTimeExcds:u32 icmpInParamProbs:u32 icmpInSrcQuenchs:u32 icmpInRedirects:u32 icmpInEchos:u32 icmpInEchoReps:u32 icmpInTimestamps:u32 icmpInAddrMasks:u32 icmpInAddrMaskReps:u32 icmpOutMsgs:u32 icmpOutErrors:u32 icmpOutDestUnreachs:u32 icmpOutTimeExcds:u32 icmpOutParamProbs:u32 icmpOutSrcQuenchs:u32 icmpOutRedirects:u32 icmpOutEchos:u32 icmpOutEchoReps:u32 icmpOutTimestamps:u32 icmpOutTimestampReps:u32 icmpOutAddrMasks:u32 icmpOutAddrMaskReps:u32
counters	0	2009	host_tcp	tcpRtoAlgorithm:u32 tcpRtoMin:u32 tcpRtoMax:u32 tcpMaxConn:u32 tcpActiveOpens:u32 tcpPassiveOpens:u32 tcpAttemptFails:u32 tcpEstabResets:u32 tcpCurrEstab:u32 tcpInSegs:u32 tcpOutSegs:u32 tcpRetransSegs:u32 tcpInErrs:u32 tcpOutRsts:u32 tcpInCsumErrors:u32
counters	0	2010	host_udp	udpInDatagrams:u32 udpNoPorts:u32 udpInErrors:u32 udpOutDatagrams:u32 udpRcvbufErrors:u32 udpSndbufErrors:u32 udpInCsumErrors:u32
counters	0	2100	virt_node	mhz:u32 cpus:u32 memory:u64 memory_free:u64 num_domains:u32
counters	0	2101	virt_cpu	state:u32 cpuTime:u32 nrVirtCpu:u32
counters	0	2102	virt_memory	memory:u64 maxMemory:u64
counters	0	2103	virt_disk_io	capacity:u64 allocation:u64 available:u64 rd_req:u32 rd_bytes:u64 wr_req:u32 wr_bytes:u64 errs:u32
counters	0	2104	virt_net_io	rx_bytes:u64 rx_packets:u32 rx_errs:u32 rx_drop:u32 tx_bytes:u64 tx_packets:u32 tx_errs:u32 tx_drop:u32
counters	0	2105	jvm_runtime	vm_name:text vm_vendor:text vm_version:text
counters	0	2106	jvm_statistics	heap_initial:u64 heap_used:u64 heap_committed:u64 heap_max:u64 non_heap_initial:u64 non_heap_used:u64 non_heap_committed:u64 non_heap_max:u64 gc_count:u32 gc_time:u32 classes_loaded:u32 classes_total:u32 classes_unloaded:u32 compilation_time:u32 thread_num_live:u32 thread_num_daemon:u32 thread_num_started:u32 fd_open_count:u32 fd_max_count:u32
counters	0	2200	memcache
counters	0	2201	http_counters	method_option_count:u32 method_get_count:u32 method_head_count:u32 method_post_count:u32 method_put_count:u32 method_delete_count:u32 method_trace_count:u32 method_connect_count:u32 method_other_count:u32 status_1XX_count:u32 status_2XX_count:u32 status_3XX_count:u32 status_4XX_count:u32 status_5XX_count:u32 status_other_count:u32
counters	0	2202	app_operations	application:text success:u32 other:u32 timeout:u32 internal_error:u32 bad_request:u32 forbidden:u32 too_large:u32 not_implemented:u32 not_found:u32 unavailable:u32 unauthorized:u32
counters	0	2203	app_resources	user_time:u32 system_time:u32 mem_used:u64 mem_max:u64 fd_open:u32 fd_max:u32 conn_open:u32 conn_max:u32
counters	0	2204	memcache_counters
counters	0	2205	vdi_counters
counters	0	2206	app_workers	application:text workers_active:u32 workers_idle:u32 workers_max:u32 req_delayed:u32 req_dropped:u32
counters	0	2207	ovs_dp_stats	hits:u32 misses:u32 lost:u32 mask_hits:u32 flows:u32 masks:u32
counters	0	3000	energy
counters	0	3001	temperature
counters	0	3002	humidity
counters	0	3003	fans
counters	4413	1	bst_device_buffers	uc_pc:i32 mc_pc:i32
counters	4413	2	bst_port_buffers
counters	4413	3	hw_tables
counters	5703	1	nvidia_gpu	device_count:u32 processes:u32 gpu_time:u32 mem_time:u32 mem_total:u64 mem_free:u64 ecc_errors:u32 energy:u32 temperature:u32 fan_speed:u32
`
